/** The frame of every page inside: the menu at the left, on a phone along the bottom. */
import { Menu, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Icon, type IconName } from '../parts/icons.tsx'
import { sessionQuery, useSession } from '../session.ts'
import { LanguageChoice } from './language-choice.tsx'
import { Mark } from './mark.tsx'

const PLACES = [
  { to: '/articles', icon: 'articles', words: 'shell.articles', short: 'shell.articles' },
  { to: '/sale', icon: 'sale', words: 'shell.sale', short: 'shell.sale-short' },
  { to: '/receipt', icon: 'receipt', words: 'shell.receipt', short: 'shell.receipt' },
  { to: '/count', icon: 'count', words: 'shell.count', short: 'shell.count' },
  { to: '/webshops', icon: 'webshop', words: 'shell.webshop', short: 'shell.webshop' },
] as const satisfies { to: string; icon: IconName; words: string; short: string }[]

export function Frame() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const state = useQuery(sessionQuery)
  const out = state.data?.session === null
  useEffect(() => {
    if (out) void navigate({ to: '/sign-in' })
  }, [out, navigate])
  if (!state.data?.session) return null
  return (
    <div className="frame">
      <a href="#main" className="skip">
        {t('shell.skip')}
      </a>
      <aside className="side">
        <Mark />
        <nav aria-label={t('shell.menu')} className="side-nav">
          {PLACES.slice(0, 4).map((place) => (
            <Link key={place.to} to={place.to} className="side-link">
              <Icon name={place.icon} /> {t(place.words)}
            </Link>
          ))}
          <p className="side-group">{t('shell.integrations')}</p>
          <Link to="/webshops" className="side-link">
            <Icon name="webshop" /> {t('shell.webshop')}
          </Link>
          <p className="side-group">{t('shell.organisation')}</p>
          <Link to="/stores" className="side-link">
            <Icon name="store" /> {t('shell.stores')}
          </Link>
        </nav>
        <div className="side-foot">
          <LanguageChoice onChosen={(locale) => void api('session.locale', { body: { locale } })} />
          <Who />
        </div>
      </aside>
      <section className="top" aria-label="Lagerbro">
        <Mark />
        <Who />
      </section>
      <main id="main" className="main" tabIndex={-1}>
        <Outlet />
      </main>
      <nav aria-label={t('shell.menu')} className="bottom">
        {PLACES.map((place) => (
          <Link key={place.to} to={place.to} className="bottom-link">
            <Icon name={place.icon} size={22} />
            <span>{t(place.short)}</span>
          </Link>
        ))}
      </nav>
    </div>
  )
}

/** Who is here, with the way out; on a phone also what the side shows on a screen. */
function Who() {
  const { t } = useTranslation()
  const session = useSession()
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
        <Menu.Item component={Link} to="/stores" leftSection={<Icon name="store" size={18} />}>
          {t('shell.stores')}
        </Menu.Item>
        <div className="top-language">
          <LanguageChoice onChosen={(locale) => void api('session.locale', { body: { locale } })} />
        </div>
        <Menu.Item onClick={() => leave.mutate()} leftSection={<Icon name="away" size={18} />}>
          {t('shell.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
