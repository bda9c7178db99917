/** What a run left out and what the shop refused: how many, why, and where to go to mend it. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { pieces } from '../format.ts'
import { LinkButton } from './link-button.tsx'
import { codeOf } from './run-code.ts'
import type { RunFilter } from './run-items.tsx'

type Reasons = Answer<'runs.summary'>['reasons']

interface Props {
  reasons: Reasons
  state: Reasons[number]['state']
  connectionId: number
  /** It is an undo: what was left out couldn't be put back. */
  undoes: boolean
  /** The rows with this reason. */
  show: (filter: RunFilter) => void
}

export function RunReasons({ reasons, state, connectionId, undoes, show }: Props) {
  const { t, i18n } = useTranslation()
  const these = reasons.filter((reason) => reason.state === state)
  if (these.length === 0) return null
  return (
    <Paper>
      <Text component="h2" className="strong" m={0}>
        {undoes && state === 'skipped' ? t('undo.skipped') : t(`run-why.${state}`)}
      </Text>
      <ul className="run-reasons">
        {these.map((reason) => {
          const { name, words } = codeOf(i18n, reason.code)
          return (
            <li key={reason.code}>
              <Group justify="space-between" align="flex-start" gap="xs">
                <div className="run-reason">
                  <span className="strong">
                    {pieces(reason.n)} · {name}
                  </span>
                  <Text size="sm" c="dimmed">
                    {words}
                  </Text>
                </div>
                <Group gap="xs">
                  <Button size="xs" variant="light" onClick={() => show({ what: state, code: reason.code })} aria-label={`${t('run-why.show')}: ${name}`}>
                    {t('run-why.show')}
                  </Button>
                  {reason.code === 'store-not-mapped' && (
                    <LinkButton to="/webshops/$id/guide" params={{ id: String(connectionId) }} size="xs" variant="light">
                      {t('run-why.stores')}
                    </LinkButton>
                  )}
                </Group>
              </Group>
            </li>
          )
        })}
      </ul>
    </Paper>
  )
}
