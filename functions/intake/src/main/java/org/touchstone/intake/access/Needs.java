package org.touchstone.intake.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.touchstone.domain.account.Scope;

/** The scope that a call of a resource's method needs. A method without one is refused. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  /** The scope. */
  Scope value();
}
