/** Abicart's error codes and the one way to answer with them. */

export const MESSAGES: Record<number, string> = {
  [-32700]: 'Parse error',
  [-32600]: 'Invalid Request',
  [-32601]: 'Method not found',
  [-32602]: 'Invalid params',
  [-32603]: 'Internal error',
  [-32000]: 'Internal error',
  1001: 'Webshop missing',
  1002: 'Invalid webshop',
  1003: 'Invalid language',
  1004: 'Bad auth token',
  1005: 'Bad session token',
  1006: 'Forbidden',
  1007: 'Secure connection required',
  1008: 'Session missing',
  2001: 'Not buyable',
  9001: 'ValidationFailed',
  9003: 'ObjectNotFound',
}

/** Thrown by a method, answered as JSON-RPC's `error`. */
export class RpcError extends Error {
  readonly code: number
  readonly data: unknown
  constructor(code: number, data?: unknown, message?: string) {
    super(message ?? MESSAGES[code] ?? 'Error')
    this.code = code
    this.data = data
  }
}

/** -32602 with the place of the fault as a JSON Pointer into the argument. */
export const badParams = (message: string, pointer: string): RpcError => new RpcError(-32602, [{ message, pointer }])

export const inPointer = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
