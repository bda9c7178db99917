/** The frame of the pages before sign-in: the name, the language, one quiet card. */
import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import { LanguageChoice } from './language-choice.tsx'
import { Mark } from './mark.tsx'

export function Bare({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className="bare">
      <header className="bare-top">
        <Mark />
        <LanguageChoice />
      </header>
      <main className={wide ? 'bare-main bare-wide' : 'bare-main'}>
        <Paper p={{ base: 'lg', xs: 'xl' }}>{children}</Paper>
      </main>
    </div>
  )
}
