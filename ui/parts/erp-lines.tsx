/** The ready lines for an ERP's webhooks, with the integration code in them: shown once, and a new code whenever a person asks for one. */
import { Alert, Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { data } from '../data.ts'
import { ago, moment } from '../format.ts'
import { useNow } from '../live.ts'
import { type Connection, type Master, masterQuery } from '../queries.ts'
import { useCompany } from '../session.ts'
import { currentLocale } from '../words.ts'
import { Fact } from './answered.tsx'
import { CopyField } from './copy-field.tsx'
import { Icon } from './icons.tsx'
import { Failure, Loading } from './states.tsx'

/** Where nobody has an article yet: the one in e-conomic's own guide. */
const SOME_NUMBER = '0571527051'

/** `onShown`: they are on the page now, and must stay there until they are copied. */
export function ErpLines({ connection, onShown }: { connection: Connection; onShown?: () => void }) {
  const { t } = useTranslation()
  const master = useQuery(masterQuery(connection.id))
  const [asking, setAsking] = useState(false)
  const make = useMutation({
    mutationFn: () => api('masters.make-code', { params: { connectionId: connection.id }, body: {} }),
    onSuccess: () => {
      setAsking(false)
      onShown?.()
      void data.invalidateQueries({ queryKey: ['master', connection.id] })
    },
  })
  if (master.isPending) return <Loading rows={2} />
  if (master.error) return <Failure error={master.error} retry={() => void master.refetch()} />
  const { called } = master.data
  if (called === null || called.address === null) return <Text>{t('erp.lines.no-address')}</Text>
  const isMade = called.codes.length > 0
  return (
    <Stack gap="md">
      {make.data ? <Made made={make.data} /> : !isMade && <Text>{t('erp.lines.first')}</Text>}
      <Standing called={called} fresh={make.data !== undefined} />
      <Group>
        {isMade ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('erp.lines.new')}
          </Button>
        ) : (
          <Button onClick={() => make.mutate()} loading={make.isPending}>
            {t('erp.lines.show')}
          </Button>
        )}
      </Group>
      {make.error && !asking && <Failure error={make.error} />}
      <LastCalls called={called} />
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('erp.lines.new')} centered closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Stack gap="md">
          <Text>{t('erp.lines.new-text')}</Text>
          {make.error && <Failure error={make.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button onClick={() => make.mutate()} loading={make.isPending} data-autofocus>
              {t('erp.lines.new-do')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}

type Called = NonNullable<Master['called']>

/** When the code was made, unless it stands above; and until when an older one is taken. */
function Standing({ called, fresh }: { called: Called; fresh: boolean }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const standing = called.codes.find((code) => code.endsAt === null)
  return (
    <>
      {standing && !fresh && <Text>{t('erp.lines.made', { when: moment(standing.madeAt, timeZone) })}</Text>}
      {called.codes.map((code) => code.endsAt !== null && <Text key={code.madeAt}>{t('erp.lines.ends', { when: moment(code.endsAt, timeZone) })}</Text>)}
    </>
  )
}

/** When each kind of call last came: that they are made in the ERP can't be seen, that they come can. */
export function LastCalls({ called }: { called: Called }) {
  const { t } = useTranslation()
  const now = useNow()
  const { stock, invoices } = called.lastAt
  return (
    <div className="answer" role="status">
      <Fact good={stock !== null} quiet>
        {stock === null ? t('erp.last.stock-none') : t('erp.last.stock', { ago: ago(stock, now) })}
      </Fact>
      <Fact good={invoices !== null} quiet>
        {invoices === null ? t('erp.last.invoices-none') : t('erp.last.invoices', { ago: ago(invoices, now) })}
      </Fact>
    </div>
  )
}

type MadeLines = Answer<'masters.make-code'>

function Made({ made }: { made: MadeLines }) {
  const { t } = useTranslation()
  const { data: articles } = useQuery({ queryKey: ['first-article'], queryFn: () => api('articles.list', { query: { limit: '1' } }) })
  const [first] = made.lines
  const number = encodeURIComponent(articles?.items[0]?.number ?? SOME_NUMBER)
  return (
    <Stack gap="md">
      <Alert color="pine" variant="light" icon={<Icon name="key" />} title={t('erp.lines.once')} role="status">
        <CopyField label={t('erp.lines.code')} value={made.code} quiet />
      </Alert>
      {made.lines.map((line) => (
        <Line key={line.code} line={line} made={made} />
      ))}
      {first && (
        <section className="answer" aria-labelledby="try-line">
          <Title order={3} size="h4" id="try-line">
            {t('erp.lines.try')}
          </Title>
          <Text size="sm" my="xs">
            {t('erp.lines.try-why')}
          </Text>
          <CopyField label={t('erp.lines.try-line')} value={`${made.address}${first.data.replace(first.placeholder, number)}`} quiet />
        </section>
      )}
    </Stack>
  )
}

/** One webhook: what to choose and what to paste, field by field as the ERP's own form has them. */
function Line({ line, made: { address, form } }: { line: MadeLines['lines'][number]; made: MadeLines }) {
  const { t } = useTranslation()
  return (
    <section className="answer" aria-label={line.type}>
      <Title order={3} size="h4" mb="xs">
        {line.title[currentLocale()]}
      </Title>
      <Stack gap="sm">
        <dl className="learned learned-short">
          <div>
            <dt>{form.type}</dt>
            <dd className="strong">{line.type}</dd>
          </div>
          <div>
            <dt>{form.name}</dt>
            <dd>{t('erp.lines.name', { name: 'Lagerbro' })}</dd>
          </div>
        </dl>
        <CopyField label={form.address} value={address ?? ''} quiet />
        <CopyField label={form.data} value={line.data} quiet />
        <Text size="sm">{t('erp.lines.save', { button: form.save })}</Text>
        <details>
          <summary>{t('erp.lines.header')}</summary>
          <Stack gap="sm" mt="xs">
            <Text size="sm">{t('erp.lines.header-why')}</Text>
            <CopyField label={t('erp.lines.header-name')} value={line.inHeader.header} quiet />
            <CopyField label={t('erp.lines.header-value')} value={line.inHeader.value} quiet />
            <CopyField label={form.data} value={line.inHeader.data} quiet />
          </Stack>
        </details>
      </Stack>
    </section>
  )
}
