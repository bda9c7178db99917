/** One image: seen, moved, described, said which article it shows, deleted. */
import { ActionIcon, Badge, Group, NativeSelect, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Body } from '../api.ts'
import { data } from '../data.ts'
import type { Image } from '../queries.ts'
import { Icon, type IconName } from './icons.tsx'
import { Failure } from './states.tsx'

interface Props {
  image: Image
  /** Its place, from 1. */
  n: number
  count: number
  variants: { id: number; name: string; number: string }[]
  isDragged: boolean
  drag: { start(): void; end(): void; drop(): void }
  /** One place earlier (-1) or later (1). */
  move(by: number): void
  remove(): void
}

export function ImageCard({ image, n, count, variants, isDragged, drag, move, remove }: Props) {
  const { t } = useTranslation()
  const [alt, setAlt] = useState(image.alt)
  useEffect(() => setAlt(image.alt), [image.alt])
  const change = useMutation({
    mutationFn: (body: Body<'images.change'>) => api('images.change', { params: { imageId: image.id }, body }),
    onSuccess: () => {
      notifications.show({ message: t('common.saved'), closeButtonProps: { 'aria-label': t('common.close') } })
      void data.invalidateQueries({ queryKey: ['images', image.productId] })
    },
  })
  const save = () => {
    if (alt.trim() !== image.alt) change.mutate({ alt: alt.trim() })
  }
  return (
    <li className={isDragged ? 'picture picture-dragged' : 'picture'} onDragOver={(event: DragEvent) => event.preventDefault()} onDrop={drag.drop}>
      <div className="picture-frame">
        <img
          src={image.href}
          alt={image.alt === '' ? t('images.place', { n, count }) : image.alt}
          loading="lazy"
          decoding="async"
          draggable
          onDragStart={drag.start}
          onDragEnd={drag.end}
        />
        {n === 1 && count > 1 && (
          <Badge variant="filled" className="picture-first">
            {t('images.first')}
          </Badge>
        )}
      </div>
      <Group gap={4} justify="space-between" wrap="nowrap">
        <Group gap={4} wrap="nowrap">
          <Step icon="back" words={t('images.earlier', { n })} off={n === 1} press={() => move(-1)} />
          <Step icon="next" words={t('images.later', { n })} off={n === count} press={() => move(1)} />
        </Group>
        <Step icon="cross" words={t('images.remove', { n })} off={false} press={remove} />
      </Group>
      <TextInput
        size="sm"
        aria-label={t('images.alt', { n })}
        placeholder={t('images.alt-hint')}
        value={alt}
        maxLength={500}
        onChange={(event) => setAlt(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save()
        }}
      />
      {variants.length > 1 && (
        <NativeSelect
          size="sm"
          aria-label={t('images.shows', { n })}
          value={String(image.articleId ?? '')}
          onChange={(event) => change.mutate({ articleId: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
          data={[{ value: '', label: t('images.whole') }, ...variants.map((each) => ({ value: String(each.id), label: each.name }))]}
        />
      )}
      {change.error && <Failure error={change.error} />}
    </li>
  )
}

/** At an end it stays where the keyboard is, and does nothing. */
function Step({ icon, words, off, press }: { icon: IconName; words: string; off: boolean; press: () => void }) {
  return (
    <ActionIcon variant="default" size="lg" aria-label={words} title={words} aria-disabled={off} {...(off ? { 'data-disabled': true } : {})} onClick={() => !off && press()}>
      <Icon name={icon} size={18} />
    </ActionIcon>
  )
}
