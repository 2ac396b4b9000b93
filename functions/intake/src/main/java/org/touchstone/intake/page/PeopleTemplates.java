package org.touchstone.intake.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of the pages about an account and what its people decide. */
@CheckedTemplate(basePath = "pages")
final class PeopleTemplates {
  private PeopleTemplates() {}

  static native TemplateInstance labels(Chrome page, LabelsView view);

  static native TemplateInstance sources(Chrome page, SourcesView view);

  static native TemplateInstance account(Chrome page, AccountView view);
}
