package org.touchstone.intake.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A call of a resource's method that answers people with a page. It asks the {@link Visitor} who
 * they are, and leads those who have to sign in to do so.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Page {}
