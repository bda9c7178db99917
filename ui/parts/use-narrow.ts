import { useMediaQuery } from '@mantine/hooks'

/** Whether the window is a phone's: cells then stand under each other. */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 48em)', window.innerWidth <= 768) ?? false
