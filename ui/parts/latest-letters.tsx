/** What came of the latest letters: sent, or why not and when it is tried again. */
import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { moment } from '../format.ts'
import type { Mail } from '../queries.ts'
import { useCompany } from '../session.ts'
import { codeWords } from './reason.ts'

const NAMES = { broken: 'mail.broken', recovered: 'mail.recovered', digest: 'mail.morning' } as const

export function LatestLetters({ letters }: Pick<Mail, 'letters'>) {
  const { t, i18n } = useTranslation()
  const { timeZone } = useCompany()
  return (
    <div>
      <Title order={3} size="h4" mb="xs">
        {t('mail.latest')}
      </Title>
      <ul className="plain-rows">
        {letters.map(({ kind, madeAt, sentAt, problem, nextTryAt }) => (
          <li key={`${kind} ${madeAt}`}>
            <div>
              <span className="strong">{t(NAMES[kind])}</span>
              <Text size="sm" c="dimmed">
                {sentAt !== null
                  ? t('mail.sent', { when: moment(sentAt, timeZone) })
                  : nextTryAt !== null
                    ? t('mail.again', { when: moment(nextTryAt, timeZone) })
                    : t('mail.never')}
              </Text>
              {sentAt === null && problem !== null && <Text size="sm">{codeWords(i18n, `mail-${problem}`)}</Text>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
