/** What a sandbox begins with, and is put back to. */

export const GOODS = [
  {
    name: 'Stickad tröja Tjörn',
    options: [{ name: 'Storlek', values: ['S', 'M'] }],
    variants: [
      { number: '1001-S', optionValues: { Storlek: 'S' }, priceMinor: 149500, stock: [5, 0] },
      { number: '1001-M', optionValues: { Storlek: 'M' }, priceMinor: 149500, barcodes: [{ code: '7350053850019', pack: 1 }], stock: [12, 40] },
    ],
  },
  { name: 'Emaljmugg', options: [], variants: [{ number: '007', optionValues: {}, priceMinor: 19900, stock: [8, 0] }] },
]
/** One store and one warehouse; `stock` above is in their order. */
export const LOCATIONS = [{ name: 'Butiken' }, { name: 'Lagret' }]
