/** The tabs of a connection's page; the address names the open one. */
export const SHOP_TABS = ['articles', 'runs', 'differences', 'incoming', 'calls', 'settings'] as const
export type ShopTab = (typeof SHOP_TABS)[number]
export function isShopTab(value: unknown): value is ShopTab {
  return SHOP_TABS.some((tab) => tab === value)
}
