/** Results shown to others, at addresses that only who was told them knows. */
package org.touchstone.intake.share;
