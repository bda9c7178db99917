/** The three other faces of every list: being read, empty, and failed. */
import { Alert, Button, Code, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../problem.ts'
import { Icon, type IconName } from './icons.tsx'
import { codeWords } from './reason.ts'

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('common.loading')}>
      <Stack gap="sm" aria-hidden="true">
        {Array.from({ length: rows }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike.
          <Skeleton key={at} height={44} radius="md" />
        ))}
      </Stack>
    </div>
  )
}

export function Empty({ icon, title, order = 2, children, action }: { icon: IconName; title: string; order?: 1 | 2; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} size={28} />
      </span>
      <Title order={order} size="h2">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" maw={440} ta="center">
          {children}
        </Text>
      )}
      {action}
    </div>
  )
}

/** What went wrong in the reader's words, the stable code for whoever helps them, and a way on. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, i18n } = useTranslation()
  const problem = problemOf(error)
  // A webshop's refusal carries the finer reason, with what to do about it.
  const reason = typeof problem.facts.reason === 'string' ? problem.facts.reason : null
  const finer = reason === null ? null : codeWords(i18n, reason, problem.facts)
  const { said } = problem.facts
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} title={t('failure.title')} className="failure" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{problem.words ?? t('failure.no-answer')}</Text>
        {finer !== null && <Text>{finer}</Text>}
        {typeof said === 'string' && said !== '' && <Text size="sm">{t('failure.said', { said })}</Text>}
        <Text size="sm">
          {t('failure.code')} <Code>{reason === null ? problem.code : `${problem.code} · ${reason}`}</Code>
        </Text>
        {/* What isn't there won't be there the next time either. */}
        {retry && problem.code !== 'not-found' && (
          <Button size="sm" variant="default" onClick={retry}>
            {t('failure.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
