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
          .examples(
              "https://rumble.com/v1abc2d-a-title.html",
              "https://rumble.com/vDMUM1?key=value",
              "https://rumble.com/embed/v1abc2d/?pub=4",
              "https://rumble.com/embed/u3.v1abc2d/")
          .counterexamples(
              "https://rumble.com.example.org/v1abc2d-a-title.html",
              "https://rumblestore.example/v1abc2d-a-title.html")
          .build();

  private RumbleLinks() {}
}
