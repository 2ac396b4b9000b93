package org.touchstone.resolver.platform.rumble;

import org.touchstone.resolver.link.LinkTable;

/** Videos on Rumble. */
public final class RumbleLinks {
  public static final LinkTable TABLE =
      LinkTable.of("rumble", "Rumble")
          .hosts("rumble.com", "www.rumble.com", "m.rumble.com")
          .extract("embed", "/embed/v{id:base36}/**", "https://rumble.com/embed/v{id}/")
          .extract("embed", "/embed/*.v{id:base36}/**", "https://rumble.com/embed/v{id}/")
          .extract("video", "/shorts/v{id:base36}{slug:slug}", "https://rumble.com/shorts/v{id}")
          .extract("video", "/v{id:notvideos}{slug:slug}", "https://rumble.com/v{id}{slug}")
          .profile("/c/**")
          .profile("/user/**")
          .example("video", "https://rumble.com/v1abc2d-TITLE.html")
          .example("embed", "https://rumble.com/embed/v1abc2d/")
          .build();

  private RumbleLinks() {}
}
