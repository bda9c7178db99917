/** Att åtgärda: all that waits for somebody, by cause, the most urgent first. What is mended leaves by itself. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AttentionCard, keyOf } from '../parts/attention-card.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { attentionQuery } from '../queries.ts'
import { currentLocale } from '../words.ts'

/** Whoever looks at the list sees it empty itself. */
const EVERY_MS = 4_000

export function AttentionPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { open } = useSearch({ from: '/inside/attention' })
  const list = useQuery({ ...attentionQuery(currentLocale()), refetchInterval: EVERY_MS })
  return (
    <div className="middle">
      <PageHead title={t('attention.title')} text={t('attention.text')} />
      {list.isPending ? (
        <Loading rows={3} />
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.data.groups.length === 0 ? (
        <Empty icon="check" title={t('attention.none')}>
          {t('attention.none-text')}
        </Empty>
      ) : (
        <Stack gap="md">
          {list.data.groups.map((group) => (
            <AttentionCard
              key={keyOf(group)}
              group={group}
              opened={open === keyOf(group)}
              onOpen={(opened) => void navigate({ to: '/attention', search: opened ? { open: keyOf(group) } : {}, replace: true, resetScroll: false })}
            />
          ))}
        </Stack>
      )}
    </div>
  )
}
