/** The one store of what the server answered. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

/** A session that ended anywhere shows the sign-in page; the router asks again whether anybody is signed in. */
function noticeSignOut(error: Error): void {
  if (error instanceof ApiProblem && error.code === 'not-signed-in') void data.invalidateQueries({ queryKey: ['session'] })
}

export const data: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    // An answer that says no is final; only silence is asked again, once.
    queries: { staleTime: 5000, retry: (tries, error) => !(error instanceof ApiProblem) && tries < 1, retryDelay: 500, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
