/** Hard bindings: whether the file is the one that was signed. */
package org.touchstone.c2pa.binding;
