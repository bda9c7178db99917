/** 'person:12' as somebody with a name. */
import type { Tx } from '../../db/open.ts'
import { actorNames } from './articles.sql.ts'

export interface Actor {
  kind: string
  id: number | null
  name: string | null
}

export async function namedActors(tx: Tx, actors: string[]): Promise<(actor: string) => Actor> {
  const ids = (kind: string) => [...new Set(actors)].flatMap((actor) => (actor.startsWith(`${kind}:`) ? Number(actor.slice(kind.length + 1)) : []))
  const names = new Map((await actorNames(tx, ids('person'), ids('key'), ids('listener'))).map((row) => [row.actor, row.name]))
  return (actor) => {
    const [kind = 'system', id] = actor.split(':')
    return { kind, id: id === undefined ? null : Number(id), name: names.get(actor) ?? null }
  }
}
