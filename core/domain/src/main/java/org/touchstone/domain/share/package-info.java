/** Results that an account shows to others. */
package org.touchstone.domain.share;
