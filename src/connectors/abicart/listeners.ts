/** The event listeners behind the hooks: one per event and API key is all Abicart allows, so somebody else's is never overwritten. */
import { z } from 'zod'
import { RemoteError, type Subscribed, type Tools } from '../contract.ts'
import { type Listener, listener } from './answers.ts'
import type { Client } from './client.ts'
import type { Doctor } from './doctor.ts'
import { OTHERS, PLACED, tailOf } from './hooks.ts'
import { asked } from './refs.ts'
import type { AbicartSettings } from './settings.ts'

type Topic = Subscribed['topics'][number]
const QUERY = ['uid', 'eventName', 'url', 'authToken', 'status']
const CALLBACK = 'callback'

export async function subscribe(client: Client, doctor: Doctor, settings: AbicartSettings, tools: Tools, callbackUrl: string): Promise<Subscribed> {
  const before = await tools.keep.get(CALLBACK)
  if (before !== callbackUrl) await tools.keep.set(CALLBACK, callbackUrl)
  const standing = await ownListeners(client, settings)
  const offered = (await doctor.known()).events
  const at = { client, settings, callbackUrl, before }
  const mayHave = (name: string) => offered === null || offered.includes(name)
  // One of ours that stands says which name the shop has.
  const candidates = PLACED.toSorted((a, b) => Number(standing.some((each) => each.eventName === b)) - Number(standing.some((each) => each.eventName === a)))
  const topics: Topic[] = [(await firstOffered(at, candidates.filter(mayHave), standing)) ?? { topic: PLACED[0], state: 'not-offered', said: null }]
  for (const name of OTHERS) topics.push((mayHave(name) ? await stand(at, name, standing) : null) ?? { topic: name, state: 'not-offered', said: null })
  return { topics }
}

interface At {
  client: Client
  settings: AbicartSettings
  callbackUrl: string
  /** Where we were to be called the last time; null = never. */
  before: string | null
}

async function firstOffered(at: At, names: readonly string[], standing: Listener[]): Promise<Topic | null> {
  for (const name of names) {
    const topic = await stand(at, name, standing)
    if (topic !== null) return topic
  }
  return null
}

/** Ours stands, active and at our address; null = the shop has no such event. */
async function stand(at: At, eventName: string, standing: Listener[]): Promise<Topic | null> {
  const there = standing.find((each) => each.eventName === eventName)
  const url = urlOf(at.settings, at.callbackUrl, eventName)
  if (there === undefined) return (await create(at, eventName, url)) ? { topic: eventName, state: 'created', said: null } : null
  if (!isOurs(at, there)) return { topic: eventName, state: 'foreign', said: hostOf(there.url) }
  if (there.url === url && isActive(there)) return { topic: eventName, state: 'standing', said: null }
  const set = await at.client.ask(listener, { method: 'EventListener.set', params: [asked(there.uid), { url }, QUERY] }, 'live')
  // Whether a new address wakes one that was switched off isn't documented.
  if (!isActive(set)) {
    await remove(at.client, there.uid)
    await create(at, eventName, url)
  }
  return { topic: eventName, state: 'repaired', said: null }
}

async function create({ client, settings }: At, eventName: string, url: string): Promise<boolean> {
  try {
    await client.ask(listener, { method: 'EventListener.create', params: [{ authToken: settings.apiKey, eventName, url }, QUERY] }, 'live')
    return true
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'refused' && (error.facts.pointer ?? '/eventName') === '/eventName') return false
    throw error
  }
}

export async function unsubscribe(client: Client, settings: AbicartSettings, tools: Tools): Promise<void> {
  const callbackUrl = await tools.keep.get(CALLBACK)
  if (callbackUrl === null) return
  for (const each of await ownListeners(client, settings)) if (isOurs({ callbackUrl, before: null }, each)) await remove(client, each.uid)
}

/** Of this key. A shop may list those of its other keys beside them. */
async function ownListeners(client: Client, { apiKey }: AbicartSettings): Promise<Listener[]> {
  const all = await client.ask(z.array(listener), { method: 'EventListener.list', params: [QUERY, { sort: 'uid', limit: 100 }] }, 'live')
  return all.filter((each) => each.authToken === undefined || each.authToken === null || each.authToken === apiKey)
}

async function remove(client: Client, uid: string): Promise<void> {
  try {
    await client.ask(z.unknown(), { method: 'EventListener.delete', params: [asked(uid)] }, 'live')
  } catch (error) {
    // Gone already is what was asked for.
    if (!(error instanceof RemoteError) || error.kind !== 'refused') throw error
  }
}

const urlOf = (settings: AbicartSettings, callbackUrl: string, eventName: string): string => `${callbackUrl}/${tailOf(settings, callbackUrl.split('/').at(-1) ?? '', eventName)}`

/** Under the address we give or gave, or under its path at another host (the installation moved). */
function isOurs({ callbackUrl, before }: Pick<At, 'callbackUrl' | 'before'>, { url }: Listener): boolean {
  if (url.startsWith(`${callbackUrl}/`) || (before !== null && url.startsWith(`${before}/`))) return true
  return URL.canParse(url) && URL.canParse(callbackUrl) && new URL(url).pathname.startsWith(`${new URL(callbackUrl).pathname}/`)
}
const isActive = ({ status }: Listener): boolean => status?.active !== false
/** Where somebody else is called, without the rest of their address, which may be their secret. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')
