/** Integrationer > Webshop and Økonomisystem: what is connected, and the kinds that can be. */
import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { pieces } from '../format.ts'
import { actsOf } from '../parts/article-counts.ts'
import { ConnectionTag } from '../parts/connection-tag.tsx'
import { Icon } from '../parts/icons.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { shopPage, shopSaid } from '../parts/shop-said.ts'
import { Failure, Loading } from '../parts/states.tsx'
import { type ConnectionHead, type Connector, connectionsQuery, connectorsQuery } from '../queries.ts'
import { currentLocale } from '../words.ts'

export function Webshops() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const shops = useQuery({ ...connectionsQuery, refetchInterval: 5000 })
  const kinds = useQuery(connectorsQuery)
  const make = useMutation({
    mutationFn: (kind: { code: string; title: string }) => api('connections.make', { body: { code: kind.code, name: kind.title } }),
    onSuccess: (made) => {
      void data.invalidateQueries({ queryKey: ['connections'] })
      void navigate({ to: '/webshops/$id/guide', params: { id: String(made.id) } })
    },
  })
  return (
    <div className="middle">
      <PageHead title={t('webshops.both')} text={t('webshops.text')} />
      <List shops={shops} of="webshop" />
      <section aria-labelledby="kinds">
        <Title order={2} id="kinds" mt="xl" mb={4}>
          {shops.data?.some((shop) => shop.role === 'webshop') ? t('webshops.another') : t('webshops.first')}
        </Title>
        <Text c="dimmed" mb="md">
          {t('webshops.choose')}
        </Text>
        <Kinds of="webshop" kinds={kinds} shops={shops.data} make={make} />
      </section>
      <section aria-labelledby="erp">
        <Title order={2} id="erp" mt="xl" mb={4}>
          {t('webshops.erp')}
        </Title>
        <Text c="dimmed" mb="md" maw={640}>
          {t('webshops.erp-text')}
        </Text>
        <Stack gap="md">
          {shops.data && <List shops={shops} of="erp" />}
          <Kinds of="erp" kinds={kinds} shops={shops.data} make={make} />
        </Stack>
      </section>
      {make.error && <Failure error={make.error} />}
    </div>
  )
}

type Role = Connector['role']

function List({ shops, of }: { shops: UseQueryResult<ConnectionHead[]>; of: Role }) {
  if (shops.isPending) return <Loading rows={2} />
  if (shops.error) return <Failure error={shops.error} retry={() => void shops.refetch()} />
  const those = shops.data.filter((shop) => shop.role === of)
  return (
    those.length > 0 && (
      <div className="shops">
        {those.map((shop) => (
          <Shop key={shop.id} shop={shop} />
        ))}
      </div>
    )
  )
}

interface KindsProps {
  of: Role
  kinds: UseQueryResult<Connector[]>
  shops: ConnectionHead[] | undefined
  make: UseMutationResult<{ id: number }, Error, { code: string; title: string }>
}

function Kinds({ of, kinds, shops, make }: KindsProps) {
  const { t } = useTranslation()
  if (kinds.isPending) return <Loading rows={2} />
  if (kinds.error) return <Failure error={kinds.error} retry={() => void kinds.refetch()} />
  // Half a set-up is gone on with, not begun again.
  const begun = (code: string) => shops?.find((shop) => shop.code === code && shop.state === 'setup')
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      {kinds.data
        .filter((kind) => kind.role === of)
        .map((kind) => (
          <Paper key={kind.code} className="kind">
            <Title order={3}>{kind.title}</Title>
            <Text size="sm" c="dimmed" mt={4} mb="md">
              {t('webshops.steps', { count: kind.guide.length })} {kind.needs[currentLocale()]}
            </Text>
            {begun(kind.code) ? (
              <LinkButton to="/webshops/$id/guide" params={{ id: String(begun(kind.code)?.id) }} variant="light">
                {t('webshops.go-on-kind', { kind: kind.title })}
              </LinkButton>
            ) : (
              <Button
                variant="light"
                onClick={() => make.mutate(kind)}
                loading={make.isPending && make.variables.code === kind.code}
                aria-label={t('webshops.connect-kind', { kind: kind.title })}
              >
                {t('webshops.connect')}
              </Button>
            )}
          </Paper>
        ))}
    </SimpleGrid>
  )
}

function Shop({ shop }: { shop: ConnectionHead }) {
  const { t } = useTranslation()
  const acts = actsOf(shop.counts)
  return (
    <Link to={shopPage(shop)} params={{ id: String(shop.id) }} className="shop-card">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <span className="shop-name">{shop.name}</span>
          <span className="row-sub">
            {shop.role === 'erp' && shop.state !== 'setup'
              ? t('webshops.erp-carries')
              : [...shopSaid(shop, t), ...(acts > 0 ? [t('webshops.acts', { count: acts, shown: pieces(acts) })] : [])].join(' · ')}
          </span>
        </div>
        <Group gap="sm" wrap="nowrap">
          <ConnectionTag state={shop.state} />
          <Icon name="next" size={18} />
        </Group>
      </Group>
    </Link>
  )
}
