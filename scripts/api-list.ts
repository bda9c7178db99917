/** npm run api-list: writes docs/api.v1.txt, the calls and fields of /v1 that are promised. Part of a release; what stands there may only be added to. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { routeIds, routeOf } from '../src/web/contract/routes.ts'
import { apiOf, written } from '../test/api-list.ts'

writeFileSync(join(import.meta.dirname, '../docs/api.v1.txt'), written(apiOf(routeIds.map(routeOf))))
