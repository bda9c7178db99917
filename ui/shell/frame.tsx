/** The frame of every page inside: the menu at the left, on a phone along the bottom. */
import { Menu, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, type LinkProps, Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { AttentionCount } from '../parts/attention-count.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { connectorsQuery } from '../queries.ts'
import { sessionQuery, useEnterCompany, useSession } from '../session.ts'
import { ColourChoice } from './colour-choice.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { Mark } from './mark.tsx'
import { SearchField, SearchGlass, useSearch } from './search.tsx'

interface Place {
  to: NonNullable<LinkProps['to']>
  icon: IconName
  /** The part of the page it leads to. */
  hash?: string
  words: 'overview' | 'attention' | 'articles' | 'offers' | 'sale' | 'receipt' | 'count' | 'orders' | 'customers' | 'webshop' | 'erp' | 'stores' | 'company' | 'keys' | 'views'
}
/** In the order a day goes; then what is set up once. */
const DAILY = [
  { to: '/', icon: 'home', words: 'overview' },
  { to: '/attention', icon: 'alert', words: 'attention' },
  { to: '/articles', icon: 'articles', words: 'articles' },
  { to: '/offers', icon: 'tag', words: 'offers' },
  { to: '/sale', icon: 'sale', words: 'sale' },
  { to: '/receipt', icon: 'receipt', words: 'receipt' },
  { to: '/count', icon: 'count', words: 'count' },
  { to: '/orders', icon: 'order', words: 'orders' },
  { to: '/customers', icon: 'person', words: 'customers' },
] as const satisfies Place[]
const INTEGRATIONS = [
  { to: '/webshops', icon: 'webshop', words: 'webshop' },
  { to: '/webshops', hash: 'erp', icon: 'accounts', words: 'erp' },
] as const satisfies Place[]
const ORGANISATION = [
  { to: '/stores', icon: 'store', words: 'stores' },
  { to: '/company', icon: 'company', words: 'company' },
] as const satisfies Place[]
const API = [
  { to: '/keys', icon: 'key', words: 'keys' },
  { to: '/views', icon: 'swap', words: 'views' },
] as const satisfies Place[]
/** What a phone's bottom has room for, in short words; the rest is behind "more". */
const THUMB = ['overview', 'articles', 'sale', 'count'] as const
const isThumb = (place: Place) => THUMB.some((each) => each === place.words)

export function Frame() {
  const navigate = useNavigate()
  const state = useQuery(sessionQuery)
  // Any page may have to say what a connector's own code means.
  useQuery({ ...connectorsQuery, enabled: Boolean(state.data?.session) })
  const out = state.data?.session === null
  useEffect(() => {
    if (out) void navigate({ to: '/sign-in' })
  }, [out, navigate])
  if (!state.data?.session) return null
  return <Inside />
}

function Inside() {
  const { t } = useTranslation()
  const search = useSearch()
  return (
    <div className="frame">
      <a href="#main" className="skip">
        {t('shell.skip')}
      </a>
      <aside className="side">
        <Mark />
        <SearchField open={search.open} />
        <nav aria-label={t('shell.menu')} className="side-nav">
          <SideLinks places={DAILY} />
          <p className="side-group">{t('shell.integrations')}</p>
          <SideLinks places={INTEGRATIONS} />
          <p className="side-group">{t('shell.organisation')}</p>
          <SideLinks places={ORGANISATION} />
          <p className="side-group">{t('shell.api')}</p>
          <SideLinks places={API} />
        </nav>
        <div className="side-foot">
          <LanguageChoice onChosen={(locale) => void api('session.locale', { body: { locale } })} />
          <Who />
        </div>
      </aside>
      <section className="top" aria-label="Lagerbro">
        <Mark />
        <span className="top-end">
          <SearchGlass open={search.open} />
          <Who />
        </span>
      </section>
      <main id="main" className="main" tabIndex={-1}>
        <Outlet />
      </main>
      <nav aria-label={t('shell.menu')} className="bottom">
        {DAILY.filter(isThumb).map((place) => (
          <Link key={place.to} to={place.to} className="bottom-link" activeOptions={{ exact: place.to === '/' }}>
            <Icon name={place.icon} size={22} />
            <span>{t(place.words === 'sale' ? 'shell.sale-short' : `shell.${place.words}`)}</span>
          </Link>
        ))}
        <More />
      </nav>
      {search.dialog}
    </div>
  )
}

function SideLinks({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation()
  return places.map((place) => (
    <Link
      key={place.words}
      to={place.to}
      {...(place.hash ? { hash: place.hash } : {})}
      className="side-link"
      activeOptions={{ exact: place.to === '/', includeHash: place.to === '/webshops' }}
    >
      <Icon name={place.icon} /> {t(`shell.${place.words}`)}
      {place.words === 'attention' && <AttentionCount />}
    </Link>
  ))
}

/** On a phone: everything the bottom has no room for. */
function More() {
  const { t } = useTranslation()
  const items = (places: readonly Place[]) =>
    places.map((place) => (
      <Menu.Item key={place.words} component={Link} to={place.to} {...(place.hash ? { hash: place.hash } : {})} leftSection={<Icon name={place.icon} size={20} />}>
        {t(`shell.${place.words}`)} {place.words === 'attention' && <AttentionCount />}
      </Menu.Item>
    ))
  return (
    <Menu position="top-end" withinPortal={false} width={240}>
      <Menu.Target>
        <UnstyledButton className="bottom-link">
          <Icon name="more" size={22} />
          <span>{t('shell.more')}</span>
          <AttentionCount />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {items(DAILY.filter((place) => !isThumb(place)))}
        <Menu.Label>{t('shell.integrations')}</Menu.Label>
        {items(INTEGRATIONS)}
        <Menu.Label>{t('shell.organisation')}</Menu.Label>
        {items(ORGANISATION)}
        <Menu.Label>{t('shell.api')}</Menu.Label>
        {items(API)}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The rest are on the company page. */
const MOST_COMPANIES = 5

/** Who is here, with the way out; on a phone also what the side shows on a screen. */
function Who() {
  const { t } = useTranslation()
  const session = useSession()
  const enter = useEnterCompany()
  const leave = useMutation({
    mutationFn: () => api('session.close'),
    // A fresh page forgets everything the last person saw.
    onSettled: () => window.location.assign('/sign-in'),
  })
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className="who">
          <span className="who-icon">
            <Icon name="person" size={18} />
          </span>
          <span className="who-words">
            <span>{session.person.name}</span>
            <small>{session.company?.name}</small>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.company?.name}</Menu.Label>
        {session.companies
          .filter((each) => each.id !== session.company?.id)
          .slice(0, MOST_COMPANIES)
          .map((each) => (
            <Menu.Item key={each.id} onClick={() => enter.mutate(each.id)} leftSection={<Icon name="company" size={18} />}>
              {t('shell.switch', { company: each.name })}
            </Menu.Item>
          ))}
        <div className="top-language">
          <LanguageChoice onChosen={(locale) => void api('session.locale', { body: { locale } })} />
        </div>
        <ColourChoice />
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()} leftSection={<Icon name="away" size={18} />}>
          {t('shell.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
