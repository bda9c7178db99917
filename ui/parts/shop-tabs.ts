/** The tabs of a connection's page; the address names the open one. */
export const SHOP_TABS = ['articles', 'products', 'import', 'runs', 'differences', 'refused', 'incoming', 'calls', 'settings'] as const
/** Of an ERP, which is told nothing of ours but orders. */
export const ERP_TABS = ['called', 'refused', 'settings', 'calls'] as const
export type ShopTab = (typeof SHOP_TABS)[number] | (typeof ERP_TABS)[number]
export function isShopTab(value: unknown): value is ShopTab {
  return [...SHOP_TABS, ...ERP_TABS].some((tab) => tab === value)
}
