/** One cause: what it is, what it means, since when, the first it is about, and the one thing to press. */
import { Group, Text, Title, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import type { AttentionGroup } from '../queries.ts'
import { useCompany } from '../session.ts'
import { AttentionButton } from './attention-button.tsx'
import { AttentionItems } from './attention-items.tsx'
import { Icon } from './icons.tsx'
import { codeWords } from './reason.ts'

interface Props {
  group: AttentionGroup
  opened: boolean
  onOpen: (opened: boolean) => void
}

export const keyOf = ({ cause, listener }: AttentionGroup): string => `${cause}-${listener?.id ?? 0}`

export function AttentionCard({ group, opened, onOpen }: Props) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  const { cause, count, since, sample, urgency } = group
  const id = keyOf(group)
  const [first] = sample
  const alone = ALONE.has(cause)
  const why = first !== undefined && first.code !== null && (alone || count === 1) ? codeWords(i18n, first.code, first.facts) : null
  return (
    <section aria-labelledby={id} className={`card attention attention-${urgency}`}>
      <div className="attention-head">
        <span className="attention-icon">
          <Icon name={urgency === 'calm' ? 'wait' : 'alert'} size={22} />
        </span>
        <div className="attention-words">
          <Title order={2} size="h3" id={id}>
            {group.title}
          </Title>
          {why !== null && <Text>{why}</Text>}
          <Text c="dimmed">{group.means}</Text>
          <Text size="sm" c="dimmed">
            {[...(alone ? [] : [named(group)]), ...(since === null ? [] : [t('attention.since', { when: moment(since, timeZone) })])].join(' · ')}
          </Text>
          <Group gap="sm" mt="sm">
            <AttentionButton group={group} />
            {!alone && (
              <UnstyledButton className="link small" aria-expanded={opened} onClick={() => onOpen(!opened)}>
                {opened ? t('attention.hide') : t('attention.show', { count, shown: pieces(count) })}
              </UnstyledButton>
            )}
          </Group>
        </div>
      </div>
      {opened && !alone && (
        <div className="attention-items">
          <AttentionItems group={group} />
        </div>
      )}
    </section>
  )
}

/** It is the link itself, or the house: there are no things to list, only why. */
const ALONE: ReadonlySet<AttentionGroup['cause']> = new Set([
  ...(['link-stopped', 'link-failing', 'link-paused', 'right-missing', 'hooks-foreign', 'setup-unfinished', 'first-sync', 'import-ready', 'telling-paused'] as const),
  ...(['view-silent', 'view-late', 'view-resync', 'view-crowded', 'webhook-failing', 'restored', 'mail-unsent', 'mail-untried'] as const),
])

/** "Mugg, Kanna, Fat …" */
function named({ count, sample }: AttentionGroup): string {
  const names = sample.map(({ name, number }) => name || number).filter((name) => name)
  return `${names.join(', ')}${count > names.length ? ' …' : ''}`
}
