/** The few drawings the app uses. All are decoration: the words beside them carry the meaning. */
const PATHS = {
  articles: 'M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10',
  sale: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  receipt: 'M12 3v11M8 10l4 4 4-4M4 17v3h16v-3',
  count: 'M5 4h14v16H5zM8 9l1.5 1.5L12 8M8 15l1.5 1.5L12 14M14 10h3M14 16h3',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  order: 'M5 7h14l-1 13H6zM9 10V6a3 3 0 0 1 6 0v4',
  more: 'M5 12h.5M12 12h.5M19 12h.5',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3',
  company: 'M4 21V9l8-5 8 5v12zM9 21v-6h6v6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  out: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  webshop: 'M4 9l1.5-5h13L20 9M4 9v11h16V9M4 9a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0A2.7 2.7 0 0 0 20 9M10 20v-6h4v6',
  accounts: 'M6 3h12v18H6zM9 7h6M9 11h1M12 11h1M15 11h.5M9 14.5h1M12 14.5h1M15 14.5h.5M9 18h4',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4',
  plus: 'M12 5v14M5 12h14',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  next: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  cross: 'M6 6l12 12M18 6L6 18',
  wait: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  pause: 'M9 6v12M15 6v12',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 4-6 8-6s8 2 8 6',
  away: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  swap: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  tag: 'M4 4h8l8 8-8 8-8-8zM8.5 8.5h.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4',
  moon: 'M19 14.5A8 8 0 1 1 9.5 5a6.5 6.5 0 0 0 9.5 9.5z',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  store: 'M5 21V5l7-2 7 2v16M9 21v-4h6v4M9 9h1M14 9h1M9 13h1M14 13h1',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className="icon"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
