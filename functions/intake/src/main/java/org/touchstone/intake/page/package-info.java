/** The pages that people look at. */
package org.touchstone.intake.page;
