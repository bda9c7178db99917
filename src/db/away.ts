/** Whether an error means that the database is away for a moment, and says nothing of what was asked: the same goes well another time. */

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08001', '08003', '53300', '40P01', '40001', '25006'])
/** What pg says, without a code, of a connection that ended while it was asked, or before. */
const ENDED = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

export function databaseAway(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && AWAY.has(code)) || (error instanceof Error && ENDED.test(error.message))
}
