/** What every page stands in: theme, words, data, addresses. */
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { data } from './data.ts'
import { router } from './router.tsx'
import { schemes, theme, variables } from './theme.ts'

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" colorSchemeManager={schemes}>
      <Notifications position="top-center" autoClose={5000} />
      <QueryClientProvider client={data}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
