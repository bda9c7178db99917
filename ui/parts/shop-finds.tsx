/** What the webshop has of an article's number when the match isn't clear: several of it, none of it, or something near it. Near ones are shown, never chosen. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api.ts'
import { type Article, articleAtQuery, type ConnectionHead } from '../queries.ts'
import type { ShownState } from './article-state.tsx'
import { Failure } from './states.tsx'
import { refShown } from './webshop-id.tsx'

type Item = Answer<'connections.article'>['items'][number]
const UNCLEAR: readonly ShownState[] = ['missing', 'ambiguous', 'item-gone', 'link-moved']
/** The field of the article's particulars that these words lead to. */
export const NUMBER_FIELD = 'article-number'

interface Props {
  article: Article
  shop: ConnectionHead
  state: ShownState
  untick: () => void
}

export function ShopFinds({ article, shop, state, untick }: Props) {
  const { t } = useTranslation()
  const unclear = UNCLEAR.includes(state)
  const finds = useQuery({ ...articleAtQuery(article.id, shop.id), enabled: unclear })
  if (!unclear) return null
  const same = finds.data?.items.filter((item) => item.why === 'same-number') ?? []
  const near = finds.data?.items.filter((item) => item.why === 'near') ?? []
  const toNumber = () => {
    const field = document.getElementById(NUMBER_FIELD)
    field?.scrollIntoView({ block: 'center' })
    field?.focus()
  }
  return (
    <Stack gap={6} mt="xs">
      <Text size="sm">
        {t('finds.looked')} <span className="letters">{article.number}</span>
      </Text>
      {finds.error && <Failure error={finds.error} retry={() => void finds.refetch()} />}
      {same.length > 1 && <Items words={t('finds.same', { count: same.length })} items={same} />}
      {near.length > 0 && <Items words={t('finds.near')} items={near} />}
      {finds.data && state === 'missing' && near.length === 0 && (
        <Text size="sm" c="dimmed">
          {finds.data.listRead ? t('finds.none') : t('finds.reading')}
        </Text>
      )}
      {state !== 'ambiguous' && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={toNumber}>
            {t('finds.change-number')}
          </Button>
          <Button size="xs" variant="default" onClick={untick}>
            {t('bulk.act.untick')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Items({ words, items }: { words: string; items: Item[] }) {
  const { t } = useTranslation()
  return (
    <>
      <Text size="sm">{words}</Text>
      <ul className="finds">
        {items.map((item) => {
          const shown = item.levels.filter((level) => level.active && level.value !== null)
          return (
            <li key={item.itemRef}>
              <span className="letters">{item.number}</span>
              {item.title !== null && <span>{item.title}</span>}
              <span className="row-sub">
                {t('finds.ref', { ref: refShown(item.itemRef) })}
                {shown.length > 0 && ` · ${t('finds.shows', { count: shown.reduce((all, level) => all + (level.value ?? 0), 0) })}`}
              </span>
              {item.adminUrl !== null && (
                <a className="link" href={item.adminUrl} target="_blank" rel="noreferrer">
                  {t('finds.open')}
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
