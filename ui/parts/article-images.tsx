/** The images of an article's product: added by button or by drop, put in order, described, deleted and taken back. */
import { Button, FileButton, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { data } from '../data.ts'
import { type Article, type Image, imagesQuery, productQuery } from '../queries.ts'
import { Icon } from './icons.tsx'
import { ImageCard } from './image-card.tsx'
import { Failure, Loading } from './states.tsx'
import { Uploads } from './uploads.tsx'
import { useUploads } from './use-uploads.ts'

const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif'
const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

export function ArticleImages({ article }: { article: Article }) {
  const { t } = useTranslation()
  const { productId } = article
  const images = useQuery(imagesQuery(productId))
  const product = useQuery(productQuery(productId))
  const { uploads, add, forget } = useUploads(productId)
  const [over, setOver] = useState(false)
  const [dragged, setDragged] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const [removed, setRemoved] = useState<Image | null>(null)
  const choose = useRef<() => void>(null)
  const key = imagesQuery(productId).queryKey
  const refresh = () => {
    void data.invalidateQueries({ queryKey: key })
    void data.invalidateQueries({ queryKey: ['articles'] })
  }
  const order = useMutation({
    mutationFn: (imageIds: number[]) => api('images.order', { params: { productId }, body: { imageIds } }),
    onMutate: (imageIds) => data.setQueryData(key, (list) => list && { items: imageIds.flatMap((id) => list.items.find((each) => each.id === id) ?? []) }),
    onSettled: refresh,
  })
  const remove = useMutation({ mutationFn: (image: Image) => api('images.remove', { params: { imageId: image.id } }), onSuccess: setRemoved, onSettled: refresh })
  const putBack = useMutation({
    mutationFn: (image: Image) => api('images.put-back', { params: { imageId: image.id }, body: {} }),
    onSuccess: () => setRemoved(null),
    onSettled: refresh,
  })
  const shown = images.data ?? []
  const move = (id: number, to: number) => {
    const ids = shown.map((each) => each.id)
    const from = ids.indexOf(id)
    if (from < 0 || to < 0 || to >= ids.length || from === to) return
    const moved = ids.toSpliced(from, 1).toSpliced(to, 0, id)
    order.mutate(moved)
    setSaid(t('images.place', { n: to + 1, count: ids.length }))
  }
  const error = order.error ?? remove.error ?? putBack.error
  const variants = product.data?.articles ?? []
  return (
    <Paper
      component="section"
      aria-labelledby="images"
      className={over ? 'drop-here' : undefined}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        setOver(false)
        if (!hasFiles(event)) return
        event.preventDefault()
        add([...event.dataTransfer.files])
      }}
    >
      <Group justify="space-between" mb="sm">
        <Title order={2} id="images">
          {t('images.title')}
        </Title>
        <FileButton onChange={add} accept={ACCEPTED} multiple resetRef={choose}>
          {(props) => (
            <Button {...props} variant="default" size="xs" leftSection={<Icon name="plus" size={16} />}>
              {t('images.add')}
            </Button>
          )}
        </FileButton>
      </Group>
      {images.isPending ? (
        <Loading rows={2} />
      ) : images.error ? (
        <Failure error={images.error} retry={() => void images.refetch()} />
      ) : shown.length === 0 ? (
        <Text c="dimmed">{t('images.none')}</Text>
      ) : (
        <ol className="pictures">
          {shown.map((image, n) => (
            <ImageCard
              key={image.id}
              image={image}
              n={n + 1}
              count={shown.length}
              variants={variants}
              isDragged={dragged === image.id}
              drag={{ start: () => setDragged(image.id), end: () => setDragged(null), drop: () => dragged !== null && move(dragged, n) }}
              move={(by) => move(image.id, n + by)}
              remove={() => remove.mutate(image)}
            />
          ))}
        </ol>
      )}
      <Uploads uploads={uploads} forget={forget} />
      {removed && (
        <Group gap="sm" mt="sm" role="status">
          <Text>{t('images.removed')}</Text>
          <Button size="xs" variant="default" onClick={() => putBack.mutate(removed)} loading={putBack.isPending}>
            {t('images.undo')}
          </Button>
        </Group>
      )}
      {error && <Failure error={error} />}
      <Text size="sm" c="dimmed" mt="sm">
        {over ? t('images.drop') : `${variants.length > 1 ? `${t('images.shared', { count: variants.length })} ` : ''}${t('images.hint')}`}
      </Text>
      <span className="hidden" role="status">
        {said}
      </span>
    </Paper>
  )
}
