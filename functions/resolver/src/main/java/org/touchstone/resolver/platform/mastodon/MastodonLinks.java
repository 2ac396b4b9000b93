package org.touchstone.resolver.platform.mastodon;

import org.touchstone.resolver.link.LinkTable;

/**
 * Posts on Mastodon servers and on servers of other software that speaks ActivityPub. Any host may
 * run them, so the table claims no host. A link with one of these forms to a host that no other
 * platform claims may be a post; the server must confirm it.
 */
public final class MastodonLinks {
  /** The kind of links whose identifier Mastodon's API knows. */
  static final String POST = "post";

  /** The kind of links to Misskey and its descendants. */
  static final String NOTE = "note";

  /** The kind of links that are themselves the address of an ActivityPub object. */
  static final String OBJECT = "object";

  public static final LinkTable TABLE =
      LinkTable.of("mastodon", "Mastodon")
          .extract(
              POST,
              "/@{user:name}@{home:domain}/{id:status}/**",
              "https://{host}/@{user}@{home}/{id}")
          .extract(POST, "/@{user:name}/{id:status}/**", "https://{host}/@{user}/{id}")
          .extract(
              POST,
              "/web/@{user:name}@{home:domain}/{id:status}",
              "https://{host}/@{user}@{home}/{id}")
          .extract(POST, "/web/@{user:name}/{id:status}", "https://{host}/@{user}/{id}")
          .extract(POST, "/web/statuses/{id:status}", "https://{host}/web/statuses/{id}")
          .extract(
              POST,
              "/deck/@{user:name}@{home:domain}/{id:status}",
              "https://{host}/@{user}@{home}/{id}")
          .extract(POST, "/deck/@{user:name}/{id:status}", "https://{host}/@{user}/{id}")
          // Where a server describes the post to other servers; GoToSocial shows people the second.
          .extract(
              POST, "/users/{user:name}/statuses/{id:status}/**", "https://{host}/@{user}/{id}")
          .extract(
              POST, "/@{user:name}/statuses/{id:status}/**", "https://{host}/@{user}/statuses/{id}")
          // Pleroma, Akkoma and their interfaces.
          .extract(POST, "/notice/{id:flake}", "https://{host}/notice/{id}")
          .extract(
              POST,
              "/@{user:name}@{home:domain}/posts/{id:flake}",
              "https://{host}/@{user}@{home}/posts/{id}")
          .extract(POST, "/@{user:name}/posts/{id:flake}", "https://{host}/@{user}/posts/{id}")
          // Friendica.
          .extract(POST, "/display/feed-item/{id:digits}", "https://{host}/display/feed-item/{id}")
          .extract(OBJECT, "/display/{id:guid}", "https://{host}/display/{id}")
          .extract(OBJECT, "/objects/{id:guid}", "https://{host}/objects/{id}")
          .extract(OBJECT, "/activities/{id:guid}", "https://{host}/activities/{id}")
          // Pixelfed.
          .extract(OBJECT, "/p/{user:name}/{id:digits}", "https://{host}/p/{user}/{id}")
          .extract(NOTE, "/notes/{id:note}", "https://{host}/notes/{id}")
          .profile("/@{:name}")
          .profile("/@{:name}@{:domain}")
          .profile("/@{:name}/{:profilepart}")
          .profile("/@{:name}@{:domain}/{:profilepart}")
          .profile("/users/{:name}")
          .profile("/users/{:name}/{:profilepart}")
          .profile("/profile/{:name}")
          .refuse("/tags/*", "This link leads to a list of posts; link to one of them.")
          .example(POST, "https://mastodon.social/@USER/123456789012345678")
          .example(NOTE, "https://misskey.io/notes/9abcdefgh0")
          .example(OBJECT, "https://friendica.example/display/0123abcd-4567-89ef-0123-456789abcdef")
          .build();

  private MastodonLinks() {}
}
