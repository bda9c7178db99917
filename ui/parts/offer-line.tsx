/** One offer: what it costs, when and where, how it stands, and the way to end it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { moment, money } from '../format.ts'
import type { Offer } from '../queries.ts'
import { useCompany } from '../session.ts'
import { Icon, type IconName } from './icons.tsx'
import { Failure } from './states.tsx'

const LOOKS = { active: ['good', 'check'], coming: ['wait', 'wait'], past: ['quiet', 'cross'] } as const satisfies Record<Offer['state'], [string, IconName]>

export function OfferTag({ offer }: { offer: Pick<Offer, 'state' | 'holds'> }) {
  const { t } = useTranslation()
  const beaten = offer.state === 'active' && !offer.holds
  const [look, icon] = beaten ? LOOKS.past : LOOKS[offer.state]
  return (
    <span className={`tag tag-${look}`}>
      <Icon name={icon} size={14} />
      {beaten ? t('offers.beaten') : t(`offers.is.${offer.state}`)}
    </span>
  )
}

/** "1 nov. 2026 08:00 – tills du avslutar det", in the company's own time. */
function OfferTime({ offer }: { offer: Pick<Offer, 'validFrom' | 'validTo'> }) {
  const { t } = useTranslation()
  const { timeZone } = useCompany()
  return (
    <>
      {moment(offer.validFrom, timeZone)} – {offer.validTo === null ? t('offers.open-end') : moment(offer.validTo, timeZone)}
    </>
  )
}

/** What the law asks a shop to say beside a lowered price. */
export function LowestBefore({ offer }: { offer: Pick<Offer, 'lowest30DaysMinor'> }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  return <>{offer.lowest30DaysMinor === null ? t('offers.no-lowest') : t('offers.lowest', { price: money(offer.lowest30DaysMinor, currency) })}</>
}

export function WhenWhere({ offer, place }: { offer: Offer; place: string }) {
  return (
    <>
      <div className="row-sub">
        <OfferTime offer={offer} />
      </div>
      <div className="row-sub">{[offer.campaign, place].filter((each) => each !== null).join(' · ')}</div>
      <div className="row-sub">
        <LowestBefore offer={offer} />
      </div>
    </>
  )
}

export function EndOffer({ offer }: { offer: Offer }) {
  const { t } = useTranslation()
  const { currency } = useCompany()
  const [opened, setOpened] = useState(false)
  const active = offer.state === 'active'
  const end = useMutation({
    mutationFn: () => api('offers.end', { params: { offerId: offer.id } }),
    onSuccess: () => {
      setOpened(false)
      for (const queryKey of [['offers'], ['prices'], ['price-changes']]) void data.invalidateQueries({ queryKey })
    },
  })
  if (offer.state === 'past') return null
  const facts = { name: offer.articleName }
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpened(true)} aria-label={`${active ? t('offers.end') : t('offers.drop')}: ${offer.articleName}`}>
        {active ? t('offers.end') : t('offers.drop')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={active ? t('offers.end-one', facts) : t('offers.drop-one', facts)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text>{active ? t('offers.end-text', { price: offer.regularMinor === null ? '–' : money(offer.regularMinor, currency) }) : t('offers.drop-text')}</Text>
          {end.error && <Failure error={end.error} />}
          <Group>
            <Button color="red" onClick={() => end.mutate()} loading={end.isPending}>
              {active ? t('offers.end') : t('offers.drop')}
            </Button>
            <Button variant="default" onClick={() => setOpened(false)} data-autofocus>
              {t('common.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
