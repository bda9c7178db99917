/** What an answer of a call that is to go away says of it: Deprecation (RFC 9745), Sunset (RFC 8594), and where to read more. */
import type { Deprecated } from './contract/about/about.ts'
import { aboutOf, groupOf } from './contract/about/groups.ts'
import type { RouteId } from './contract/routes.ts'

/** Nothing while the call isn't deprecated. */
export const ageOf = (id: RouteId): Record<string, string> => ageHeaders(aboutOf(id).deprecated, `/docs/api/${groupOf(id)?.code}#${id}`)

export function ageHeaders(deprecated: Deprecated | undefined, explainedAt: string): Record<string, string> {
  if (deprecated === undefined) return {}
  const [since, sunset] = [deprecated.since, deprecated.sunset].map((day) => new Date(`${day}T00:00:00Z`)) as [Date, Date]
  return { deprecation: `@${since.getTime() / 1000}`, sunset: sunset.toUTCString(), link: `<${explainedAt}>; rel="deprecation"; type="text/html"` }
}
