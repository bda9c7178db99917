/** Pictures on their way in: one after the other, so that they come in the order they were chosen. */
import { useRef, useState } from 'react'
import { data } from '../data.ts'
import { fitting } from '../shrink.ts'
import { sendPicture } from '../upload.ts'

export interface Upload {
  id: number
  name: string
  state: 'queued' | 'sending' | 'failed' | 'repeated' | 'shrunk'
  /** Of 1. */
  part: number
  error: unknown
}

/** What came in without anything to say of it is in the list of images and not in this one. */
export function useUploads(productId: number) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const last = useRef(0)
  const before = useRef<Promise<void>>(Promise.resolve())
  const put = (id: number, change: Partial<Upload>) => setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...change } : each)))
  const forget = (id: number) => setUploads((all) => all.filter((each) => each.id !== id))

  async function send(id: number, file: File): Promise<void> {
    put(id, { state: 'sending' })
    try {
      const picture = await fitting(file)
      const added = await sendPicture(productId, picture, (part) => put(id, { part }))
      await data.invalidateQueries({ queryKey: ['images', productId] })
      if (added.repeated) put(id, { state: 'repeated' })
      else if (picture !== file) put(id, { state: 'shrunk' })
      else forget(id)
    } catch (error) {
      put(id, { state: 'failed', error })
    }
  }

  function add(files: readonly File[]): void {
    const coming = files.map((file) => ({ file, upload: { id: ++last.current, name: file.name, state: 'queued', part: 0, error: null } satisfies Upload }))
    setUploads((all) => [...all.filter((each) => each.state === 'queued' || each.state === 'sending'), ...coming.map(({ upload }) => upload)])
    for (const { file, upload } of coming) before.current = before.current.then(() => send(upload.id, file))
    void before.current.then(() => data.invalidateQueries({ queryKey: ['articles'] }))
  }
  return { uploads, add, forget }
}
