package org.touchstone.intake;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The address under which others reach the API: the only source of absolute links, because the name
 * by which a request comes in is the caller's choice. Configuration: {@code touchstone.public-url}.
 */
@Singleton
public class PublicUrl {
  private final Provider<String> base;

  /**
   * @param base looked up for each link: one machine knows its port only when it serves the API
   */
  @Inject
  public PublicUrl(@ConfigProperty(name = "touchstone.public-url") Provider<String> base) {
    this.base = base;
  }

  /**
   * An absolute link.
   *
   * @param path below the address, without a slash before it, such as {@code v1/analyses/…}
   */
  public URI of(String path) {
    String address = base.get();
    return URI.create(address.endsWith("/") ? address + path : address + "/" + path);
  }
}
