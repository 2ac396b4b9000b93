package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether voters of other organisations may be asked about an analysis' media. */
public enum ThirdParties {
  /** Those that the deployment has switched on; none by default. */
  @JsonProperty("configured")
  CONFIGURED,
  /** Nobody: no medium and no link to one leaves the deployment. */
  @JsonProperty("none")
  NONE
}
