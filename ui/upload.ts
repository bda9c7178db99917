/** Hands in one file, and says how far it has come: fetch can't say that. */
import { type Answer, addressOf, problemFrom } from './api.ts'
import { ApiProblem } from './problem.ts'
import { currentLocale } from './words.ts'

/** Hears parts of 1. */
type Progress = (part: number) => void

export const sendPicture = (productId: number, picture: Blob, progress: Progress): Promise<Answer<'images.add'>> =>
  send(addressOf('images.add', { productId }), picture, picture.type, progress)

/** A file of articles; its bytes say what it is better than the browser's guess at its type. */
export function sendArticles(file: File, progress: Progress): Promise<Answer<'bulk.file'>> {
  const { method, path } = addressOf('bulk.file', {})
  return send({ method, path: `${path}?${new URLSearchParams({ name: file.name })}` }, file, '', progress)
}

/** @throws {ApiProblem} when the server says no; anything else means that no answer came. */
function send<A>({ method, path }: { method: string; path: string }, file: Blob, type: string, progress: Progress): Promise<A> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', currentLocale())
    request.setRequestHeader('content-type', type || 'application/octet-stream')
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(new Error('no answer'))
    request.onload = () => {
      if (request.status < 300) resolve(request.response as A)
      else reject(new ApiProblem(problemFrom(request.status, request.response)))
    }
    request.send(file)
  })
}
