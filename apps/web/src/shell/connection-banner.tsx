import { connection } from "../chat/connection.ts";
import { OfflineIcon } from "../design/icons.tsx";
import { t } from "../texts/texts.ts";

/** Says when there is no connection, and what that means. Nothing when there is one. */
export const ConnectionBanner = () => (
  <div class="connection-banner" role="status">
    {connection.value === "offline" && (
      <p>
        <OfflineIcon size={18} />
        <span>{t().connection.offline}</span>
      </p>
    )}
  </div>
);
