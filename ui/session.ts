/** Who is here, and whether anybody has been here yet. */
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Answer, api } from './api.ts'
import { data } from './data.ts'

export type Session = Answer<'session.open'>

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: () => api('session.show'), staleTime: 60_000 })
export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: () => api('setup.show'), staleTime: 0 })

/** Inside the frame there always is one. */
export function useSession(): Session {
  const { data: state } = useQuery(sessionQuery)
  if (!state?.session) throw new Error('only pages inside the frame ask this')
  return state.session
}

/** The company's money and clock; Swedish until it is known. */
export function useCompany(): { currency: string; timeZone: string } {
  const { company } = useSession()
  return company ?? { currency: 'SEK', timeZone: 'Europe/Stockholm' }
}

export function signedIn(session: Session): void {
  data.clear()
  data.setQueryData(sessionQuery.queryKey, { session })
}

/** To another company of the same person: everything the pages know of the first is forgotten. */
export function useEnterCompany() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (companyId: number) => api('session.company', { body: { companyId } }),
    onSuccess: (session) => {
      signedIn(session)
      void navigate({ to: '/' })
    },
  })
}
