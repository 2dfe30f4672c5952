import { install, installable } from "../device/install.ts";
import { chooseNotifications, notifications, permission } from "../device/notifications.ts";
import { t } from "../texts/texts.ts";

/** Notifications on this device, and the page as an app. */
export const NotificationsCard = () => {
  const texts = t().settings;
  const allowed = permission();
  const problem = { denied: texts.notifyDenied, unsupported: texts.notifyUnsupported, granted: null, default: null };
  const impossible = allowed === "denied" || allowed === "unsupported";
  return (
    <section class="card" aria-labelledby="notifications">
      <h2 id="notifications">{texts.notifications}</h2>
      <div>
        <label class="check">
          <input
            type="checkbox"
            checked={notifications.value && !impossible}
            disabled={impossible}
            aria-describedby="notifications-problem"
            onChange={({ currentTarget }) => chooseNotifications(currentTarget.checked)}
          />
          <span>{texts.notify}</span>
        </label>
        <p class="hint" id="notifications-problem">
          {problem[allowed]}
        </p>
      </div>
      {installable.value && (
        <button type="button" class="button" onClick={install}>
          {texts.install}
        </button>
      )}
    </section>
  );
};
