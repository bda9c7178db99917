/** What each webshop knows of one article: the box, its state there, and what the shop has of its number. */
import { Checkbox, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { type Article, articleAtQuery, type ConnectionHead, webshopsQuery } from '../queries.ts'
import { needsSomebody, StateTag, shownState } from './article-state.tsx'
import { NO_VALID_ID } from './check-ids.tsx'
import { ShopFinds } from './shop-finds.tsx'
import { Failure, Loading } from './states.tsx'
import { WebshopId } from './webshop-id.tsx'

export function ArticleShops({ article }: { article: Article }) {
  const { t } = useTranslation()
  const shops = useQuery(webshopsQuery)
  return (
    <Paper component="section" aria-labelledby="shops">
      <Title order={2} id="shops" mb="sm">
        {t('article.webshop')}
      </Title>
      {shops.isPending ? (
        <Loading rows={1} />
      ) : shops.error ? (
        <Failure error={shops.error} retry={() => void shops.refetch()} />
      ) : shops.data.length === 0 ? (
        <Text c="dimmed">
          {t('article.no-webshop')}{' '}
          <Link to="/webshops" className="link">
            {t('article.connect')}
          </Link>
        </Text>
      ) : (
        <Stack gap="lg">
          {shops.data.map((shop) => (
            <Shop key={shop.id} article={article} shop={shop} />
          ))}
        </Stack>
      )}
    </Paper>
  )
}

function Shop({ article, shop }: { article: Article; shop: ConnectionHead }) {
  const { t } = useTranslation()
  const link = article.connections.find((each) => each.connectionId === shop.id)
  const boxed = link?.boxed ?? false
  const state = link === undefined ? 'not-boxed' : shownState(shop, link.state)
  const known = useQuery({ ...articleAtQuery(article.id, shop.id), enabled: link !== undefined && link.itemRef !== null })
  const box = useMutation({
    mutationFn: (ticked: boolean) => api('connections.box', { params: { connectionId: shop.id }, body: { boxed: ticked, articleIds: [article.id] } }),
    onSuccess: () => void data.invalidateQueries(),
  })
  return (
    <div>
      <Checkbox label={t('article.box', { shop: shop.name })} checked={boxed} disabled={box.isPending} onChange={(event) => box.mutate(event.currentTarget.checked)} />
      {box.error && <Failure error={box.error} />}
      <div className="shop-state">
        <StateTag state={state} />
        {/* What needs somebody is said first on the page, with its button. */}
        {!needsSomebody(state) && (
          <Text size="sm" mt={6}>
            {t(`states.${state}.words`)}
          </Text>
        )}
        {link?.heldByMessage === true && (
          <Text size="sm" mt={6}>
            {t('messages.holds-article')}{' '}
            <Link to="/webshops/$id" params={{ id: String(shop.id) }} search={{ tab: 'incoming' }} className="link">
              {t('messages.see')}
            </Link>
          </Text>
        )}
        {link?.itemRef && <WebshopId itemRef={link.itemRef} url={known.data?.itemUrl ?? null} valid={boxed && !(NO_VALID_ID as readonly string[]).includes(state)} />}
        <ShopFinds article={article} shop={shop} state={state} untick={() => box.mutate(false)} />
      </div>
    </div>
  )
}
