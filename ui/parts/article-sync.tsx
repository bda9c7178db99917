/** "Varför är den inte i synk?": one sentence and one button for everyone who doesn't know what they should; one green line when all do. */
import { Group, Paper, Text, Title, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moment, pieces } from '../format.ts'
import { type Article, articleSyncQuery, type Location } from '../queries.ts'
import { useCompany } from '../session.ts'
import { StandingTag } from './article-state.tsx'
import { Failure } from './states.tsx'
import { SyncAction } from './sync-action.tsx'
import { type SyncLine, useSyncWords } from './sync-words.ts'

interface Props {
  article: Article
  locations: Location[]
}

export function ArticleSync({ article, locations }: Props) {
  const { t } = useTranslation()
  const sync = useQuery(articleSyncQuery(article.id))
  const [open, setOpen] = useState(false)
  const section = useRef<HTMLDivElement>(null)
  const isThere = sync.data !== undefined
  // The page comes before the answer: whoever was sent to it is taken there when it is here.
  useEffect(() => {
    if (isThere && window.location.hash === '#sync') section.current?.scrollIntoView({ block: 'start' })
  }, [isThere])
  if (sync.error) return <Failure error={sync.error} retry={() => void sync.refetch()} />
  if (!sync.data || sync.data.lines.length === 0) return null
  const { standing, lines } = sync.data
  const first = lines.filter((each) => each.standing === 'needs-somebody' || each.standing === 'waiting')
  const rest = lines.filter((each) => !first.includes(each))
  const title = { 'needs-somebody': t('sync.title'), waiting: t('sync.on-its-way'), 'in-sync': t('sync.well'), 'left-alone': t('sync.alone') }[standing]
  const many = (shown: SyncLine[]) => shown.map((line) => <Line key={keyOf(line)} line={line} article={article} locations={locations} />)
  return (
    <Paper component="section" id="sync" ref={section} aria-labelledby="sync-title" mb="lg" className="sync">
      <Group justify="space-between" gap="sm">
        <Title order={2} id="sync-title" size={first.length === 0 ? 'h4' : undefined}>
          {first.length === 0 ? <StandingTag standing={standing}>{title}</StandingTag> : title}
        </Title>
        {first.length === 0 && <More open={open} toggle={() => setOpen(!open)} words={t('sync.show')} />}
      </Group>
      {first.length > 0 && <ul className="sync-lines">{many(first)}</ul>}
      {first.length > 0 && rest.length > 0 && <More open={open} toggle={() => setOpen(!open)} words={t('sync.rest', { count: rest.length })} />}
      {open && <ul className="sync-lines">{many(rest)}</ul>}
    </Paper>
  )
}

const keyOf = (line: SyncLine): string => [line.listenerId, line.about, line.locationId, line.code, line.facts.imageId].join(' ')

function More({ open, toggle, words }: { open: boolean; toggle: () => void; words: string }) {
  const { t } = useTranslation()
  return (
    <UnstyledButton className="link small" aria-expanded={open} onClick={toggle}>
      {open ? t('sync.hide') : words}
    </UnstyledButton>
  )
}

function Line({ line, article, locations }: Props & { line: SyncLine }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  const { name, words } = useSyncWords()(line)
  const place = locations.find((each) => each.id === line.locationId)?.name
  const { ours, theirs } = line.facts
  const differs = line.role === 'webshop' && line.code !== 'differs' && line.standing !== 'in-sync' && typeof ours === 'number' && ours !== theirs
  return (
    <li>
      <div className="sync-who">
        <Link to={line.role === 'view' ? '/views/$id' : '/webshops/$id'} params={{ id: String(line.listenerId) }} className="row-link">
          {line.name}
        </Link>
        <span className="row-sub">
          {[line.about === 'connection' || line.about === 'view' ? undefined : t(`sync.of.${line.about}`), place].filter((each) => each !== undefined).join(' · ')}
        </span>
      </div>
      <div>
        <StandingTag standing={line.standing}>
          <span className="tag-words">{name}</span>
        </StandingTag>
        <Text size="sm" mt={6}>
          {words}
          {line.standing === 'waiting' && line.since !== null && line.role !== 'view' && ` ${t('sync.since', { when: moment(line.since, timeZone) })}`}
        </Text>
        {differs && (
          <Text size="sm" c="dimmed">
            {typeof theirs === 'number'
              ? t('sync.numbers', { ours: pieces(ours), theirs: pieces(theirs), name: line.name })
              : t('sync.ours-only', { ours: pieces(ours), name: line.name })}
          </Text>
        )}
        {line.said !== null && (line.role === 'view' || line.about === 'stock') && <Text size="sm">{t('sync.said', { name: line.name, said: line.said })}</Text>}
        <SyncAction line={line} article={article} />
      </div>
    </li>
  )
}
