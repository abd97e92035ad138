import type { Notify, ServerNotifications } from '#protocol';

type NotificationMethod = keyof ServerNotifications;

/** Listens to one kind of notification; the others are not wanted. */
export function listenTo<Method extends NotificationMethod>(
  wanted: Method,
  take: (params: ServerNotifications[Method]) => void | Promise<void>,
): Notify {
  return (method: NotificationMethod, params: ServerNotifications[NotificationMethod]) => {
    if (method === wanted) return take(params as ServerNotifications[Method]);
  };
}

/** Listens to none. */
export function ignoreNotifications(): void {
  // Nobody waits for them.
}
