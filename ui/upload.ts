/** Hands in one picture, and says how far it has come: fetch can't say that. */
import { type Answer, addressOf, problemFrom } from './api.ts'
import { ApiProblem } from './problem.ts'
import { currentLocale } from './words.ts'

/** `progress` hears parts of 1. @throws {ApiProblem} when the server says no; anything else means that no answer came. */
export function sendPicture(productId: number, picture: Blob, progress: (part: number) => void): Promise<Answer<'images.add'>> {
  const { method, path } = addressOf('images.add', { productId })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', currentLocale())
    request.setRequestHeader('content-type', picture.type || 'application/octet-stream')
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(new Error('no answer'))
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Answer<'images.add'>)
      else reject(new ApiProblem(problemFrom(request.status, request.response)))
    }
    request.send(picture)
  })
}
