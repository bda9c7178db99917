/** Images of products. */
import type { About } from './about.ts'

export const aboutImages = {
  'images.list': { summary: 'List a product’s images', text: 'In their order. Fetch the bytes of each at its `href`.' },
  'images.add': {
    summary: 'Add an image to a product',
    text: 'The body is the file itself (`curl --data-binary @picture.jpg`); what type it is, its bytes say. It comes last. The same picture again is the same image, with `repeated`.',
    refusals: ['image-type', 'image-broken', 'image-too-big', 'images-full'],
  },
  'images.order': { summary: 'Put a product’s images in order', text: 'The named ones come first, in this order; the others stay behind them as they stood.' },
  'images.bytes': { summary: 'Fetch the bytes of an image', text: 'They never change under that address: keep them as long as you like.' },
  'images.change': { summary: 'Describe an image', text: 'Only the fields sent. `articleId` null = it shows the product as a whole.' },
  'images.remove': { summary: 'Delete an image', text: 'It may be taken back for a week.' },
  'images.put-back': { summary: 'Take a deleted image back', text: 'Where it stood, while nobody has put the others in another order.', refusals: ['images-full'] },
} as const satisfies Record<string, About>
