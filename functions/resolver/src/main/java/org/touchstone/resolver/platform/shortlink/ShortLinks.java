package org.touchstone.resolver.platform.shortlink;

import org.touchstone.resolver.link.LinkTable;

/** Services whose links only lead elsewhere. */
public final class ShortLinks {
  public static final LinkTable TABLE =
      LinkTable.of("shortlink", "a link shortener")
          .hosts("t.co", "www.t.co", "bit.ly", "www.bit.ly", "j.mp", "bitly.com", "tinyurl.com")
          .hosts("www.tinyurl.com", "goo.gl", "ow.ly", "buff.ly", "is.gd", "v.gd", "dlvr.it")
          .hosts("trib.al", "t.ly", "cutt.ly", "rebrand.ly", "shorturl.at", "rb.gy", "tiny.cc")
          .hosts("s.id", "lc.cx", "amp.gs", "ift.tt", "wapo.st", "nyti.ms", "cnn.it", "reut.rs")
          .hosts("bit.do", "tiny.one", "smarturl.it", "soo.gd", "clck.ru", "vk.cc", "x.gd", "da.gd")
          .hosts("t.cn", "reurl.cc", "urlz.fr", "wp.me", "flip.it", "hubs.ly", "spr.ly", "snip.ly")
          .hosts("on.wsj.com", "on.ft.com", "bbc.in", "gu.com", "bloom.bg", "politi.co", "fxn.ws")
          .hosts("images.app.goo.gl", "search.app", "share.google", "amzn.to", "apple.co", "g.co")
          .follow("link", "/{code:rest}", "https://{host}/{code}")
          .example("link", "https://bit.ly/AbCdEf")
          .build();

  private ShortLinks() {}
}
