/** All of the package: the reader loop, single calls, and what the items say. */
export { type Access, call, Refused } from './call.ts'
export type * from './items.ts'
export { type Ended, Later, openReader, type Reader, type ReaderEvent, type ReaderOptions, type ReaderState, Reject, type Taken } from './reader.ts'
