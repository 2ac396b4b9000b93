package org.touchstone.intake.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of the pages; that they fit what they are given is checked at build time. */
@CheckedTemplate(basePath = "pages")
final class Templates {
  private Templates() {}

  static native TemplateInstance home(Chrome page, HomeView view);

  static native TemplateInstance result(Chrome page, ResultView result, OwnerView owner);

  static native TemplateInstance history(Chrome page, HistoryView view);

  static native TemplateInstance signin(Chrome page, SignInView view);

  static native TemplateInstance docs(Chrome page, String reference);

  static native TemplateInstance problem(Chrome page, String detail);
}
