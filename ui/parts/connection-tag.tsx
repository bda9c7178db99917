/** How a connection is doing, in one word. */
import { useTranslation } from 'react-i18next'
import type { ConnectionHead } from '../queries.ts'
import { Icon } from './icons.tsx'

const LOOKS = { setup: ['wait', 'wait'], active: ['good', 'check'], paused: ['act', 'pause'], gone: ['quiet', 'cross'] } as const

export function ConnectionTag({ state }: { state: ConnectionHead['state'] }) {
  const { t } = useTranslation()
  const [tone, icon] = LOOKS[state]
  return (
    <span className={`tag tag-${tone}`}>
      <Icon name={icon} size={14} />
      {t(`connection.state.${state}`)}
    </span>
  )
}
