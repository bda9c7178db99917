/** *Rätta saldo*: the number at one store is put right with a reason. It is a count, so what is sold while the window stands open is still taken off (L9). */
import { Button, Group, Modal, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CORRECTION_REASONS } from '../../src/web/contract/correction-reasons.ts'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import type { Article, Location } from '../queries.ts'
import { Failure } from './states.tsx'

type Reason = (typeof CORRECTION_REASONS)[number]
interface Props {
  article: Article
  location: Location
}

export function CorrectLevel({ article, location }: Props) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button size="compact-sm" variant="default" display="block" mt={6} aria-label={t('correct.do-for', { store: location.name })} onClick={() => setOpened(true)}>
        {t('correct.do')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('correct.title')} closeButtonProps={{ 'aria-label': t('common.close') }} centered>
        <Form article={article} location={location} onDone={() => setOpened(false)} />
      </Modal>
    </>
  )
}

function Form({ article, location, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation()
  const level = article.levels.find((each) => each.locationId === location.id)
  const [ref] = useState(() => `LB-R-${crypto.randomUUID()}`)
  const [counted, setCounted] = useState<number | string>('')
  // By the server's own clock: the number is compared with what there was when the window opened.
  const opened = useQuery({ queryKey: ['opened', ref], queryFn: () => api('articles.live'), staleTime: Number.POSITIVE_INFINITY })
  const [reason, setReason] = useState<Reason | ''>('')
  const [note, setNote] = useState('')
  const now = level?.onHand ?? null
  const to = typeof counted === 'number' ? counted : null
  const countedAt = opened.data?.at
  const ready = to !== null && to !== now && reason !== '' && countedAt !== undefined
  const save = useMutation({
    mutationFn: async () => {
      if (!ready) return
      const said = note.trim()
      await api('counts.register', {
        body: { ref, locationId: location.id, reason, ...(said === '' ? {} : { note: said }), lines: [{ articleId: article.id, counted: to, countedAt }] },
      })
    },
    onSuccess: () => {
      notifications.show({ message: t('correct.done'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries()
      onDone()
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <div>
          <Text>{now === null ? t('correct.unknown') : t('correct.now', { shown: pieces(now) })}</Text>
          {level !== undefined && (level.reserved ?? 0) > 0 && (
            <Text size="sm" c="dimmed">
              {t('correct.reserved', { shown: pieces(level.reserved ?? 0) })}
            </Text>
          )}
        </div>
        <NumberInput label={t('correct.counted')} data-autofocus min={0} max={1_000_000} allowDecimal={false} allowNegative={false} value={counted} onChange={setCounted} />
        <NativeSelect label={t('correct.why')} value={reason} onChange={(event) => setReason(CORRECTION_REASONS.find((each) => each === event.currentTarget.value) ?? '')}>
          <option value="">{t('correct.choose')}</option>
          {CORRECTION_REASONS.map((each) => (
            <option key={each} value={each}>
              {t(`correct.reason.${each}`)}
            </option>
          ))}
        </NativeSelect>
        <TextInput label={t('correct.note')} description={t('correct.note-optional')} maxLength={300} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <div role="status">
          {to !== null && (
            <Text className="strong">
              {to === now
                ? t('correct.same')
                : now === null
                  ? t('correct.first', { store: location.name, to: pieces(to) })
                  : t('correct.change', { from: pieces(now), to: pieces(to), store: location.name })}
            </Text>
          )}
        </div>
        <Text size="sm" c="dimmed">
          {t('correct.meanwhile')}
        </Text>
        {opened.error && <Failure error={opened.error} retry={() => void opened.refetch()} />}
        {save.error && <Failure error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            {t('correct.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
