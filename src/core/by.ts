/** Who does something, and when. Every command takes it last. */
export interface By {
  /** 'person:12' · 'key:3' · 'listener:4' · 'system'. Never a name. */
  actor: string
  now: Date
}
