/** The connector's step-by-step guide, drawn from its data; a step is ticked by what the shop answered, never by a press of Next. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GuideStep } from '../parts/guide-step.tsx'
import { LastStep } from '../parts/last-step.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { type Connection, type Connector, connectionQuery, connectorsQuery } from '../queries.ts'
import { currentLocale } from '../words.ts'

export function Guide() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/inside/webshops/$id/guide' })
  const connection = useQuery(connectionQuery(Number(id)))
  const connectors = useQuery(connectorsQuery)
  const connector = connectors.data?.find((each) => each.code === connection.data?.code)
  const back = {
    words: connection.data && connection.data.state !== 'setup' ? connection.data.name : t(connector?.role === 'erp' ? 'webshops.erp' : 'webshops.title'),
    link: connection.data && connection.data.state !== 'setup' ? { to: '/webshops/$id', params: { id } } : { to: '/webshops' },
  }
  return (
    <div className="middle">
      <PageHead
        title={connector ? t('guide.title', { shop: connector.title }) : t('guide.title-any')}
        text={
          <>
            {connector && <span className="needs">{connector.needs[currentLocale()]}</span>}
            {connector?.role === 'erp' ? t('guide.text-erp', { name: connector.title }) : t('guide.text')}
          </>
        }
        back={back as { words: string; link: { to: '/webshops' } }}
      />
      {connection.error ? (
        <Failure error={connection.error} retry={() => void connection.refetch()} />
      ) : connectors.error ? (
        <Failure error={connectors.error} retry={() => void connectors.refetch()} />
      ) : connection.data && connector ? (
        <Steps connection={connection.data} connector={connector} />
      ) : (
        <Loading rows={5} />
      )}
    </div>
  )
}

function Steps({ connection, connector }: { connection: Connection; connector: Connector }) {
  const { t } = useTranslation()
  const done = (code: string) => connection.guide.find((each) => each.code === code)?.done ?? false
  const first = connector.guide.find((step) => !done(step.code))?.code ?? 'last'
  const { step: asked = null } = useSearch({ from: '/inside/webshops/$id/guide' })
  // Opened by hand or by a link, else the first one that isn't ticked.
  const [opened, setOpened] = useState<string | null>(asked)
  const open = opened ?? first
  // Behind a webshop's steps comes ours: choose articles and see what the first sync changes. An ERP is told nothing.
  const isShop = connector.role === 'webshop'
  const ready = connector.guide.filter((step) => done(step.code)).length + (isShop && connection.firstSyncedAt !== null ? 1 : 0)
  return (
    <>
      <p className="guide-count" role="status">
        {t('guide.count', { done: ready, all: connector.guide.length + (isShop ? 1 : 0) })}
      </p>
      <ol className="guide">
        {connector.guide.map((step, at) => (
          <GuideStep
            key={step.code}
            number={at + 1}
            step={step}
            done={done(step.code)}
            missing={connection.guide.find((each) => each.code === step.code)?.missing ?? []}
            open={open === step.code}
            toggle={() => setOpened(open === step.code ? '' : step.code)}
            onDone={() => setOpened(null)}
            goTo={setOpened}
            connection={connection}
            connector={connector}
          />
        ))}
        {isShop && <LastStep number={connector.guide.length + 1} connection={connection} open={open === 'last'} toggle={() => setOpened(open === 'last' ? '' : 'last')} />}
      </ol>
      {connection.state === 'active' && (
        <Link to="/webshops/$id" params={{ id: String(connection.id) }} className="link">
          {t('guide.to-connection')}
        </Link>
      )}
    </>
  )
}
